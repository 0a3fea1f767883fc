export { createCdyne } from './cdyne';
export { createNamirial } from './namirial';
export { createSkycore } from './skycore';
export { createWooxy } from './wooxy';

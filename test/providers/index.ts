/** One line per provider: what is asked of all of them is asked of these. */
export { cdyne } from './cdyne';
export { namirial } from './namirial';
export { skycore } from './skycore';
export { wooxy } from './wooxy';

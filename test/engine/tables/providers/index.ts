/** One line per provider. The tests for all providers run with these. */
export { cdyne } from './cdyne';
export { namirial } from './namirial';
export { skycore } from './skycore';
export { wooxy } from './wooxy';

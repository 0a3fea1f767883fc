/** `npm run test:hostile`: the worst input for every reader, a megabyte of each. */
process.env.HOSTILE_KILOBYTES ??= '1024';
process.argv.push('test/hostile');
await import('./test.mjs');

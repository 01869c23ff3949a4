/* Loaded before a program: tells at its end, on stderr, what it computed for. */
process.once('exit', () => {
  process.stderr.write(`\nuser-ms ${Math.round(process.cpuUsage().user / 1_000)}\n`);
});

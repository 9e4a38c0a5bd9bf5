// Starts and never answers; ends with its input.
process.stdin.resume().on('end', () => process.exit(0));

// Loaded before a program whose cost is measured: at its end it writes what the process used to file descriptor 3, one
// JSON object. Peak memory and processor time as the system counts them.
import { writeSync } from 'node:fs';

process.on('exit', () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  writeSync(3, JSON.stringify({ maxRssKb: maxRSS, cpuMs: (userCPUTime + systemCPUTime) / 1000 }));
});

import { describeStage } from './start/describe-stage.ts';
import { parseStartOptions, startUsage } from './start/start-options.ts';
import { startStage } from './start/start-stage.ts';

try {
  const options = parseStartOptions(process.argv.slice(2));
  if (options) {
    const stage = await startStage(options);
    console.log(describeStage(stage));
    await new Promise((resolve) => {
      process.once('SIGINT', resolve).once('SIGTERM', resolve);
    });
    await stage.stop();
  } else console.log(startUsage);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 2;
}

import { Counter, Gauge, Histogram, type Registry } from 'prom-client';

const prefix = 'callback_server_';

export type MetricFactory = ReturnType<typeof createMetricFactory>;

/** Creates metrics in a registry. All names begin with `callback_server_`. */
export function createMetricFactory(registry: Registry) {
  const registers = [registry];
  return {
    counter: <Label extends string>(name: string, help: string, ...labelNames: Label[]) =>
      new Counter({ name: prefix + name, help, labelNames, registers }),
    gauge: <Label extends string>(name: string, help: string, ...labelNames: Label[]) =>
      new Gauge({ name: prefix + name, help, labelNames, registers }),
    histogram: <Label extends string>(
      name: string,
      help: string,
      buckets: number[],
      ...labelNames: Label[]
    ) => new Histogram({ name: prefix + name, help, buckets, labelNames, registers }),
  };
}

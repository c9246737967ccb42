import { createServer } from 'node:http';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

type Labels<Name extends string> = Readonly<Record<Name, string>>;

export interface GaugeSample<Name extends string> {
  readonly labels: Labels<Name>;
  readonly value: number;
}

/** What one process tells Prometheus. docs/metrics.md names every metric. */
export interface Metrics {
  /** Values that are read when somebody asks. */
  gauge<Name extends string>(
    name: string,
    help: string,
    labels: readonly Name[],
    read: () => readonly GaugeSample<Name>[],
  ): void;
  /** Returns the function that counts. */
  counter<Name extends string>(
    name: string,
    help: string,
    labels: readonly Name[],
  ): (labels: Labels<Name>, by?: number) => void;
  /** Returns the function that observes; `buckets` in the metric's unit. */
  histogram<Name extends string>(
    name: string,
    help: string,
    labels: readonly Name[],
    buckets: readonly number[],
  ): (labels: Labels<Name>, value: number) => void;
  /** The exposition text. */
  text(): Promise<string>;
}

/** `service` is a label of every metric. CPU, memory, descriptors and event loop of the process are always among them. */
export function createMetrics(service: string): Metrics {
  const register = new Registry();
  register.setDefaultLabels({ service });
  collectDefaultMetrics({ register });
  return {
    gauge(name, help, labels, read) {
      const gauge = new Gauge({
        ...{ name, help, labelNames: [...labels], registers: [register] },
        collect() {
          gauge.reset();
          for (const { labels: own, value } of read()) gauge.set({ ...own }, value);
        },
      });
    },
    counter(name, help, labels) {
      const counter = new Counter({ name, help, labelNames: [...labels], registers: [register] });
      return (own, by = 1) => counter.inc({ ...own }, by);
    },
    histogram(name, help, labels, buckets) {
      const histogram = new Histogram({
        ...{ name, help, labelNames: [...labels], buckets: [...buckets], registers: [register] },
      });
      return (own, value) => histogram.observe({ ...own }, value);
    },
    text: () => register.metrics(),
  };
}

export interface MetricsServer {
  readonly port: number;
  close(): Promise<void>;
}

/** Answers GET /metrics on an address of its own; rejects when the port is taken. */
export async function serveMetrics(metrics: Metrics, host: string, port: number): Promise<MetricsServer> {
  const server = createServer((request, response) => {
    if (request.method !== 'GET' || request.url !== '/metrics') {
      response.writeHead(404).end();
      return;
    }
    metrics.text().then(
      (text) => response.writeHead(200, { 'content-type': 'text/plain; version=0.0.4' }).end(text),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  const address = server.address();
  return {
    port: address === null || typeof address === 'string' ? port : address.port,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Where a process serves its metrics; null: nowhere. Throws when METRICS_PORT is no port. */
export function readMetricsAddress(
  environment: NodeJS.ProcessEnv,
): { readonly host: string; readonly port: number } | null {
  const text = environment.METRICS_PORT ?? '';
  if (text === '' || text === '0') return null;
  const port = Number(text);
  if (!Number.isInteger(port) || port < 1 || port > 65_535) {
    throw new Error(`METRICS_PORT must be a port number, or 0 for none, not "${text}".`);
  }
  return { host: environment.METRICS_HOST || '127.0.0.1', port };
}

/**
 * Serves the metrics where the environment says. A port that is taken is no reason not to start: it is told to `warn`.
 */
export async function offerMetrics(
  metrics: Metrics,
  environment: NodeJS.ProcessEnv,
  warn: (text: string) => void,
): Promise<MetricsServer | null> {
  const address = readMetricsAddress(environment);
  if (address === null) return null;
  try {
    return await serveMetrics(metrics, address.host, address.port);
  } catch (error) {
    warn(`metrics are not served on ${address.host}:${address.port} (METRICS_PORT): ${String(error)}`);
    return null;
  }
}

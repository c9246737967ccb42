import { expect, onTestFinished, test } from 'vitest';
import { createMetrics, offerMetrics, readMetricsAddress, serveMetrics } from './metrics.ts';

async function served(metrics = createMetrics('test')) {
  const server = await serveMetrics(metrics, '127.0.0.1', 0);
  onTestFinished(() => server.close());
  return server;
}

test('gauges are read when asked for, counters and histograms when they happen', async () => {
  const metrics = createMetrics('test');
  let samples = [{ labels: { stream: 'a' }, value: 2 }];
  metrics.gauge('streams_seen', 'Streams.', ['stream'], () => samples);
  const count = metrics.counter('things_total', 'Things.', ['kind']);
  const observe = metrics.histogram('wait_seconds', 'Waiting.', [], [0.1, 1]);
  count({ kind: 'odd' });
  count({ kind: 'odd' }, 2);
  observe({}, 0.5);
  const server = await served(metrics);
  const read = async () => (await fetch(`http://127.0.0.1:${server.port}/metrics`)).text();
  const text = await read();
  expect(text).toContain('streams_seen{stream="a",service="test"} 2');
  expect(text).toContain('things_total{kind="odd",service="test"} 3');
  expect(text).toContain('wait_seconds_bucket{le="1",service="test"} 1');
  expect(text).toContain('process_resident_memory_bytes');
  samples = [];
  expect(await read()).not.toContain('stream="a"');
});

test('nothing but /metrics is there', async () => {
  const server = await served();
  expect((await fetch(`http://127.0.0.1:${server.port}/`)).status).toBe(404);
  expect((await fetch(`http://127.0.0.1:${server.port}/metrics`, { method: 'POST' })).status).toBe(404);
});

test('a port that is taken is told and does not stop anybody', async () => {
  const { port } = await served();
  const told: string[] = [];
  const environment = { METRICS_PORT: String(port) };
  expect(await offerMetrics(createMetrics('other'), environment, (text) => told.push(text))).toBeNull();
  expect(told[0]).toContain('EADDRINUSE');
});

test('METRICS_PORT is a port, or nothing', () => {
  expect(readMetricsAddress({})).toBeNull();
  expect(readMetricsAddress({ METRICS_PORT: '0' })).toBeNull();
  expect(readMetricsAddress({ METRICS_PORT: '9464' })).toEqual({ host: '127.0.0.1', port: 9464 });
  expect(() => readMetricsAddress({ METRICS_PORT: 'many' })).toThrow('METRICS_PORT must be a port number');
});

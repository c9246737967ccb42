import { randomBytes } from 'node:crypto';
import { inspect } from 'node:util';
import { describe, expect, it } from 'vitest';
import { createSealer, redact, Secret } from './index.ts';

const newKey = () => randomBytes(32).toString('base64');

describe('Secret', () => {
  it('shows itself nowhere', () => {
    const secret = new Secret('live_key_123');
    const shown = [
      `${secret}`,
      JSON.stringify({ secret }),
      inspect({ secret }),
      String(Object.values(secret)),
    ];
    expect(shown.join()).not.toContain('live_key_123');
  });

  it('is taken out of texts, also where it is URL-encoded', () => {
    const text = 'open rtmp://host/app/a?b=c&d failed: a%3Fb%3Dc%26d';
    expect(redact(text, [new Secret('a?b=c&d'), new Secret('')])).toBe(
      'open rtmp://host/app/[secret] failed: [secret]',
    );
  });
});

describe('sealing', () => {
  it('opens what it sealed, in its own place only', () => {
    const sealer = createSealer(new Secret(newKey()));
    const sealed = sealer.seal(new Secret('key'), 'destinations:1');
    expect(sealed).not.toContain('key');
    expect(sealer.open(sealed, 'destinations:1').reveal()).toBe('key');
    expect(() => sealer.open(sealed, 'destinations:2')).toThrow(/tampered/);
  });

  it('never seals twice alike', () => {
    const sealer = createSealer(new Secret(newKey()));
    expect(sealer.seal(new Secret('key'), 'x')).not.toBe(sealer.seal(new Secret('key'), 'x'));
  });

  it('opens what an older key of the ring sealed, and nothing without its key', () => {
    const [older, newer] = [newKey(), newKey()];
    const sealed = createSealer(new Secret(older)).seal(new Secret('key'), 'x');
    expect(
      createSealer(new Secret(`${newer},${older}`))
        .open(sealed, 'x')
        .reveal(),
    ).toBe('key');
    expect(() => createSealer(new Secret(newer)).open(sealed, 'x')).toThrow(/unknown_key/);
  });

  it('refuses keys of a wrong size', () => {
    expect(() => createSealer(new Secret('c2hvcnQ='))).toThrow(/32 bytes/);
  });
});

import { JitterBuffer } from '../jitter-buffer.ts';
import { seededRandom } from '../seeded-random.ts';

/** What is sent: so many packets at once every `periodMs`, in groups that are damaged as a whole. */
export interface SentStream {
  readonly periodMs: number;
  readonly packetsPerPeriod: number;
  readonly periodsPerGroup: number;
  /** For how long the buffer holds at most, ms. */
  readonly mostHoldMs: number;
}

/** 30 pictures a second of three packets each, a keyframe every two seconds. */
export const PICTURES: SentStream = {
  periodMs: 1000 / 30,
  packetsPerPeriod: 3,
  periodsPerGroup: 60,
  mostHoldMs: 1_000,
};
/** Opus: a packet every 20 ms, each for itself; held as ingest's `AudioTrack` does. */
export const SOUND: SentStream = { periodMs: 20, packetsPerPeriod: 1, periodsPerGroup: 1, mostHoldMs: 600 };

/** A line between a sender that repairs like LiveKit and a jitter buffer, on a virtual clock. */
export interface LineOptions {
  readonly stream: SentStream;
  readonly seed: number;
  /** Groups sent: GOPs, or packets of sound. */
  readonly groups: number;
  /** Share of packets lost, each way, requests and repairs included. */
  readonly loss: number;
  readonly roundTripMs: number;
  /** Share of packets that are late by up to `lateMs`. */
  readonly late: number;
  readonly lateMs: number;
  readonly duplicates: number;
  /**
   * Each group begins with a keyframe that was asked for so long before, ms, in which LiveKit 1.13.5 repairs nothing
   * (pkg/sfu/downtrack.go); undefined: the sender sends keyframes by itself.
   */
  readonly keyLeadMs?: number;
  /** 16-bit number of the first packet. */
  readonly firstSequence: number;
}

export interface LineResult {
  readonly packets: number;
  readonly damagedGroups: number;
  /** Packets lost and lost again at each of the sender's repairs: nobody can bring them. */
  readonly beyondRepair: number;
  readonly delivered: number;
  readonly outOfOrder: number;
  /** ms by which the buffer and repair delayed a packet, beyond the line's plain delay; sorted. */
  readonly added: readonly number[];
  readonly mostHeld: number;
  readonly requests: number;
}

const TICK_MS = 15;
/**
 * pkg/sfu/sequencer.go of LiveKit 1.13.5: a packet is repaired three times at most, and not within this time of being sent or
 * of its last repair.
 */
const MOST_REPAIRS = 3;
const REPAIR_PAUSE_MS = 100;

interface Event {
  readonly at: number;
  readonly run: (now: number) => void;
}

/** Events of a virtual clock; buckets of one ms, so that a million of them stay quick. */
class Timeline {
  readonly #buckets = new Map<number, Event[]>();
  #now = 0;

  at(time: number, run: (now: number) => void): void {
    const bucket = Math.max(Math.floor(time), this.#now);
    const events = this.#buckets.get(bucket);
    if (events === undefined) this.#buckets.set(bucket, [{ at: time, run }]);
    else events.push({ at: time, run });
  }

  run(until: number): void {
    for (; this.#now < until; this.#now += 1) {
      const events = this.#buckets.get(this.#now);
      // Events of this ms may add to it.
      for (let i = 0; events !== undefined && i < events.length; i += 1) {
        events[i]?.run(Math.max(this.#now, events[i]?.at ?? 0));
      }
      this.#buckets.delete(this.#now);
    }
  }
}

export function runLossyLine(options: LineOptions): LineResult {
  const { stream, loss, roundTripMs, late, lateMs, duplicates, firstSequence, groups } = options;
  const { keyLeadMs = 0 } = options;
  const { periodMs, packetsPerPeriod } = stream;
  const packetsPerGroup = packetsPerPeriod * stream.periodsPerGroup;
  const random = seededRandom(options.seed);
  const timeline = new Timeline();
  const buffer = new JitterBuffer<number>(8_192, stream.mostHoldMs);
  const repairs = new Map<number, { times: number; at: number }>();
  const added: number[] = [];
  const damaged = new Set<number>();
  const lostTimes = new Map<number, number>();
  let [next, outOfOrder, mostHeld, requests, beyondRepair] = [0, 0, 0, 0, 0];
  const total = groups * packetsPerGroup;
  const sentAt = (index: number): number => Math.floor(index / packetsPerPeriod) * periodMs;
  const take = (ordered: ReturnType<typeof buffer.push>, now: number): void => {
    for (const item of ordered) {
      if (item.kind === 'gap') {
        for (let lost = next; lost < next + item.missing; lost += 1)
          damaged.add(Math.floor(lost / packetsPerGroup));
        next += item.missing;
        continue;
      }
      if (item.packet !== next) outOfOrder += 1;
      next = item.packet + 1;
      added.push(now - sentAt(item.packet) - roundTripMs / 2);
    }
    mostHeld = Math.max(mostHeld, buffer.size);
  };
  const transmit = (index: number, now: number): void => {
    // Where a stream begins and ends is not known while its first or last period is on its way.
    const safe = index < packetsPerPeriod || index >= total - packetsPerPeriod;
    const copies = random() < duplicates ? 2 : 1;
    let reached = false;
    for (let copy = 0; copy < copies; copy += 1) {
      if (!safe && random() < loss) continue;
      reached = true;
      const delay = roundTripMs / 2 + (!safe && random() < late ? random() * lateMs : 0);
      timeline.at(now + delay, (at) => {
        if (keyLeadMs > 0 && index % packetsPerGroup < packetsPerPeriod) buffer.repairResumes(at);
        take(buffer.push((firstSequence + index) & 0xffff, index, at), at);
      });
    }
    if (reached) return;
    const times = (lostTimes.get(index) ?? 0) + 1;
    lostTimes.set(index, times);
    if (times > MOST_REPAIRS) beyondRepair += 1;
  };
  const repair = (sequence: number, now: number): void => {
    // The newest packet with this number.
    const newest = Math.min(total - 1, (Math.floor(now / periodMs) + 1) * packetsPerPeriod - 1);
    const index = newest - ((((firstSequence + newest - sequence) % 65_536) + 65_536) % 65_536);
    const group = packetsPerGroup * Math.ceil((newest + 1) / packetsPerGroup);
    if (group < total && sentAt(group) - now <= keyLeadMs) return;
    const before = repairs.get(index) ?? { times: 0, at: sentAt(index) };
    if (before.times >= MOST_REPAIRS || now - before.at <= Math.min(REPAIR_PAUSE_MS, 2 * roundTripMs)) return;
    repairs.set(index, { times: before.times + 1, at: now });
    transmit(index, now);
  };
  const tick = (now: number): void => {
    const { ordered, wanted } = buffer.tick(now);
    take(ordered, now);
    requests += wanted.length;
    if (wanted.length > 0 && random() >= loss)
      timeline.at(now + roundTripMs / 2, (at) => {
        for (const sequence of wanted) repair(sequence, at);
      });
    timeline.at(now + TICK_MS, tick);
  };
  for (let index = 0; index < total; index += 1) timeline.at(sentAt(index), (now) => transmit(index, now));
  for (let index = packetsPerGroup; keyLeadMs > 0 && index < total; index += packetsPerGroup)
    timeline.at(sentAt(index) - keyLeadMs - roundTripMs / 2, (at) => buffer.repairStops(at));
  timeline.at(0, tick);
  timeline.run(sentAt(total) + 3_000);
  added.sort((a, b) => a - b);
  const damagedGroups = damaged.size;
  const delivered = added.length;
  return { packets: total, damagedGroups, beyondRepair, delivered, outOfOrder, added, mostHeld, requests };
}

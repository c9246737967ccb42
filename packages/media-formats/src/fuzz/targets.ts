import { AdtsParser } from '../aac.ts';
import { decodeAmf, encodeAmf } from '../amf0.ts';
import { buildAvcC, parseAvcC, splitAvcc, toAvcc, updateParameterSets, withParameterSets } from '../avcc.ts';
import { BusReader, writeBusRecord } from '../bus-record.ts';
import { FLV_HEADER, FLV_VIDEO, FlvReader, readFlvContent, videoBody, writeFlvTag } from '../flv.ts';
import { H264Depacketiser } from '../h264-depacketiser.ts';
import { parsePpsIds, parseSps, slicePpsId, splitAnnexB } from '../h264-nal.ts';
import { JitterBuffer } from '../jitter-buffer.ts';
import { OggOpusMuxer } from '../ogg-opus.ts';
import { opusSamples } from '../opus.ts';
import { RTMP_COMMAND, RtmpReader, writeRtmpMessage } from '../rtmp.ts';
import { RtmpClient } from '../rtmp-client.ts';
import { Vp8Depacketiser, vp8KeyframeSize } from '../vp8-depacketiser.ts';

/** One parser, what it was written for, and how it is fed. */
export interface FuzzTarget {
  readonly name: string;
  /** Valid bytes. */
  readonly corpus: readonly Uint8Array[];
  /** Says with RangeError that it cannot go on; its owner closes what the bytes came from. */
  readonly refuses: boolean;
  /** A fresh parser; what it is given returns how many bytes it handed out or holds. */
  readonly open: () => (bytes: Uint8Array) => number;
}

const hex = (text: string) => Uint8Array.from(text.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
const bytesOf = (...bytes: number[]) => Uint8Array.from(bytes);
const sum = (parts: readonly Uint8Array[]): number => parts.reduce((total, { length }) => total + length, 0);

/** x264 and Chromium. */
const SPS = hex('6742c01fda014016ec0440000003004000000f03c60ca8');
const HIGH_SPS = hex('67640028acd940780227e5c044000003000400000300f03c60c658');
const PPS = hex('68ce0f2c80');
const SLICE = hex('65888404bffe28a00045f6');
const SETS = { sps: [SPS], pps: [PPS] };
const STAP_A = bytesOf(0x78, 0, SPS.length, ...SPS, 0, PPS.length, ...PPS);
const FU_START = bytesOf(0x7c, 0x85, ...SLICE);
const FU_END = bytesOf(0x7c, 0x45, ...SLICE);
const VP8_KEY = hex('908081231002009d012a4001b40000');
const OPUS = bytesOf(0xfc, 1, 2, 3, 4, 5);

/** The first four bytes stand for number and time of the packet, so that mutation reaches them too. */
function packetOf(bytes: Uint8Array) {
  const [a = 0, b = 0, c = 0, d = 0] = bytes;
  return {
    payloadType: 125,
    marker: (a & 1) === 1,
    sequence: (b << 8) | c,
    timestamp: d,
    ssrc: 1,
    payload: bytes.subarray(4),
  };
}
const PACKETS = [SPS, STAP_A, FU_START, FU_END, SLICE, VP8_KEY].map((payload, n) =>
  bytesOf(n, 0, n, n, ...payload),
);

const command = encodeAmf(['_result', 1, { code: 'NetConnection.Connect.Success', list: [1, null, true] }]);
const rtmpMessage = writeRtmpMessage({ type: RTMP_COMMAND, streamId: 1, time: 5, payload: command }, 3, 128);
const ADTS = bytesOf(0xff, 0xf1, 0x4c, 0x80, 0x01, 0xbf, 0xfc, 1, 2, 3, 4, 5, 6);

export const FUZZ_TARGETS: readonly FuzzTarget[] = [
  {
    name: 'jitter buffer',
    corpus: PACKETS,
    refuses: false,
    open: () => {
      const buffer = new JitterBuffer<number>(512);
      let now = 0;
      return (bytes) => {
        const { sequence, timestamp } = packetOf(bytes);
        now += timestamp;
        const released = buffer.push(sequence, sequence, now).length;
        const { ordered, wanted } = buffer.tick(now);
        if (buffer.size > 512 || wanted.length > 512 || released + ordered.length > 1_100)
          throw new Error('the jitter buffer is not bounded');
        return 0;
      };
    },
  },
  {
    name: 'H.264 NAL units',
    corpus: [SPS, HIGH_SPS, PPS, SLICE],
    refuses: false,
    open: () => (bytes) => {
      const sps = parseSps(bytes);
      if (sps !== undefined && (sps.width > 16_384 || sps.height > 16_384)) throw new Error('absurd size');
      parsePpsIds(bytes);
      slicePpsId(bytes);
      return sum(splitAnnexB(bytes));
    },
  },
  {
    name: 'H.264 packets',
    corpus: PACKETS,
    refuses: false,
    open: () => {
      const depacketiser = new H264Depacketiser();
      let sets: Parameters<typeof updateParameterSets>[0] = SETS;
      let held = 0;
      return (bytes) => {
        const packet = packetOf(bytes);
        if (packet.sequence % 50 === 0) depacketiser.gap();
        const units = depacketiser.push(packet);
        held = units.length > 0 ? bytes.length : held + bytes.length;
        for (const { nals } of units) {
          sets = updateParameterSets(sets, nals);
          if (sets.sps.length > 31 || sets.pps.length > 255) sets = SETS;
          buildAvcC(sets);
          splitAvcc(toAvcc(nals));
        }
        return 0;
      };
    },
  },
  {
    name: 'VP8 packets',
    corpus: PACKETS,
    refuses: false,
    open: () => {
      const depacketiser = new Vp8Depacketiser();
      return (bytes) => {
        for (const { data } of depacketiser.push(packetOf(bytes))) vp8KeyframeSize(data);
        return 0;
      };
    },
  },
  {
    name: 'avcC and access units',
    corpus: [buildAvcC(SETS), toAvcc([SLICE, SLICE])],
    refuses: false,
    open: () => (bytes) => {
      const sets = parseAvcC(bytes);
      splitAvcc(bytes);
      // The sets are given besides.
      return withParameterSets(bytes, sets ?? SETS).length - bytes.length - SPS.length - PPS.length - 8;
    },
  },
  {
    name: 'FLV',
    corpus: [
      Uint8Array.from([
        ...FLV_HEADER,
        ...writeFlvTag({ type: FLV_VIDEO, time: 1, data: videoBody(SLICE, true) }),
      ]),
    ],
    refuses: true,
    open: () => {
      const reader = new FlvReader();
      return (bytes) => {
        const tags = reader.push(bytes);
        for (const tag of tags) readFlvContent(tag);
        return 0;
      };
    },
  },
  {
    name: 'bus records',
    corpus: [
      writeBusRecord({ kind: 'video', time: 1, key: true, unit: toAvcc([SLICE]) }),
      writeBusRecord({ kind: 'config', avcC: buildAvcC(SETS) }),
      writeBusRecord({ kind: 'opus', time: 2, packet: OPUS }),
    ],
    refuses: true,
    open: () => {
      const reader = new BusReader();
      return (bytes) => {
        reader.push(bytes);
        return 0;
      };
    },
  },
  {
    name: 'AMF',
    corpus: [command],
    refuses: false,
    open: () => (bytes) => {
      decodeAmf(bytes);
      return 0;
    },
  },
  {
    name: 'RTMP chunks',
    corpus: [rtmpMessage],
    refuses: true,
    open: () => {
      const reader = new RtmpReader();
      return (bytes) => sum(reader.push(bytes).map(({ payload }) => payload)) - 64 * 1024;
    },
  },
  {
    name: 'RTMP server’s answers',
    corpus: [rtmpMessage],
    refuses: true,
    open: () => {
      const client = new RtmpClient({ application: 'live', tcUrl: 'rtmp://h/live', key: 'k' });
      const hello = new Uint8Array(1 + 2 * 1_536);
      hello[0] = 3;
      client.receive(hello);
      return (bytes) => {
        client.receive(bytes);
        return 0;
      };
    },
  },
  {
    name: 'AAC',
    corpus: [ADTS],
    refuses: false,
    open: () => {
      const parser = new AdtsParser();
      return (bytes) => sum(parser.push(bytes).map(({ data }) => data)) - 8_192;
    },
  },
  {
    name: 'Opus and Ogg',
    corpus: [OPUS],
    refuses: false,
    open: () => {
      const muxer = new OggOpusMuxer(1);
      return (bytes) => {
        opusSamples(bytes);
        return muxer.packet(bytes).length - 64 - bytes.length / 200;
      };
    },
  },
];

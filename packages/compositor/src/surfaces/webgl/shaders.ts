/**
 * Everything the draw list knows is one rectangle: a colour or a part of a texture that lies in `area` and fills
 * `pixels`, whole ones, seen through a box with soft round corners, without the part inside another. Lengths in
 * programme pixels, y downwards.
 */
export const BOX_VERTEX = `#version 300 es
uniform vec4 area;
uniform vec4 pixels;
uniform vec2 offset;
uniform vec2 size;
out vec2 at;
out vec2 along;
void main() {
  at = pixels.xy + vec2(gl_VertexID & 1, gl_VertexID >> 1) * pixels.zw;
  along = (at - area.xy) / area.zw;
  vec2 clip = (at + offset) / size * 2.0 - 1.0;
  gl_Position = vec4(clip.x, -clip.y, 0.0, 1.0);
}`;

export const BOX_FRAGMENT = `#version 300 es
precision highp float;
uniform vec4 area;
uniform sampler2D bitmap;
uniform bool painted;
uniform vec4 part;
uniform vec4 inside;
/** Samples across and down for each pixel; one sees no more than two texels in each direction. */
uniform ivec2 samples;
uniform vec4 colour;
uniform float opacity;
uniform vec4 mask;
uniform float radius;
uniform vec4 hole;
uniform float holeRadius;
in vec2 at;
in vec2 along;
out vec4 result;

/** How much of the pixel around \`p\` is in a box, from its distance to the edge. */
float covered(vec4 box, float round, vec2 p) {
  vec2 half_ = box.zw * 0.5;
  float r = min(round, min(half_.x, half_.y));
  vec2 q = abs(p - box.xy - half_) - half_ + r;
  float distance_ = min(max(q.x, q.y), 0.0) + length(max(q, 0.0)) - r;
  return clamp(0.5 - distance_, 0.0, 1.0);
}

vec4 sampled() {
  vec4 sum = vec4(0.0);
  vec2 pixel = 1.0 / area.zw;
  for (int j = 0; j < samples.y; j += 1) {
    for (int i = 0; i < samples.x; i += 1) {
      vec2 place = along + ((vec2(i, j) + 0.5) / vec2(samples) - 0.5) * pixel;
      sum += texture(bitmap, clamp(part.xy + place * part.zw, inside.xy, inside.zw));
    }
  }
  return sum / float(samples.x * samples.y);
}

void main() {
  vec4 seen = painted ? sampled() : colour;
  float cover = covered(mask, radius, at);
  if (hole.z > 0.0) cover *= 1.0 - covered(hole, holeRadius, at);
  result = seen * (opacity * cover);
}`;

export const PLANES_VERTEX = `#version 300 es
void main() {
  vec2 corner = vec2((gl_VertexID << 1) & 2, gl_VertexID & 2);
  gl_Position = vec4(corner * 2.0 - 1.0, 0.0, 1.0);
}`;

/**
 * The picture as I420 bytes, four in a pixel, so that they are read back as they lie in memory: rows of Y, then rows that
 * hold two lines of U each, then of V. BT.709, limited range (ITU-R BT.709-6, 3.3 and 3.5).
 */
export const PLANES_FRAGMENT = `#version 300 es
precision highp float;
precision highp int;
uniform sampler2D picture;
uniform ivec2 size;
/** Of a row of Y, in pixels of four bytes, and how many rows Y and U have. */
uniform ivec3 rows;
out vec4 result;

vec3 rgb(ivec2 p) {
  ivec2 q = min(p, size - 1);
  // Row 0 of what was painted is its lowest.
  return texelFetch(picture, ivec2(q.x, size.y - 1 - q.y), 0).rgb;
}

float luma(vec3 c) {
  return dot(c, vec3(0.2126, 0.7152, 0.0722));
}

float y(ivec2 p) {
  return (16.0 + 219.0 * luma(rgb(p))) / 255.0;
}

float chroma(ivec2 p, bool v) {
  vec3 c = (rgb(p) + rgb(p + ivec2(1, 0)) + rgb(p + ivec2(0, 1)) + rgb(p + ivec2(1, 1))) * 0.25;
  float difference = v ? (c.r - luma(c)) / 1.5748 : (c.b - luma(c)) / 1.8556;
  return (128.0 + 224.0 * difference) / 255.0;
}

void main() {
  ivec2 p = ivec2(gl_FragCoord.xy);
  if (p.y < rows.y) {
    ivec2 first = ivec2(p.x * 4, p.y);
    result = vec4(y(first), y(first + ivec2(1, 0)), y(first + ivec2(2, 0)), y(first + ivec2(3, 0)));
    return;
  }
  bool v = p.y >= rows.y + rows.z;
  int line = (p.y - rows.y - (v ? rows.z : 0)) * 2;
  int across = p.x;
  int perLine = rows.x / 2;
  if (across >= perLine) {
    across -= perLine;
    line += 1;
  }
  ivec2 first = ivec2(across * 8, line * 2);
  result = vec4(
    chroma(first, v), chroma(first + ivec2(2, 0), v), chroma(first + ivec2(4, 0), v), chroma(first + ivec2(6, 0), v)
  );
}`;

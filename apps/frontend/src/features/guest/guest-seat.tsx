'use client';
export function GuestSeat() {
  return null;
}

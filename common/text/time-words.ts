/** Points and spans of time in words, in the user's locale. */
import { m } from './generated/messages.js';

const DAY_MS = 86_400_000;

const timeOfDay = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const weekday = new Intl.DateTimeFormat(undefined, { weekday: 'short' });
const dayAndMonth = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short' });
const wholeDate = new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year: 'numeric' });
const longDay = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long' });
const longDate = new Intl.DateTimeFormat(undefined, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
const full = new Intl.DateTimeFormat(undefined, { dateStyle: 'full', timeStyle: 'medium' });

/** Midnight at the beginning of the day, in the user's time zone. */
export function dayOf(atMs: number): number {
  return new Date(atMs).setHours(0, 0, 0, 0);
}

export function clockTime(atMs: number): string {
  return timeOfDay.format(atMs);
}

export function fullTime(atMs: number): string {
  return full.format(atMs);
}

/** For lists: the time today, "Yesterday", the weekday of the last week, else the date. */
export function listTime(atMs: number, nowMs: number): string {
  const days = Math.round((dayOf(nowMs) - dayOf(atMs)) / DAY_MS);
  if (days <= 0) return clockTime(atMs);
  if (days === 1) return m.yesterday();
  if (days < 7) return weekday.format(atMs);
  return new Date(atMs).getFullYear() === new Date(nowMs).getFullYear() ? dayAndMonth.format(atMs) : wholeDate.format(atMs);
}

/** For sentences: "10:42" today, "Mon 10:42" in the last week, else date and time. */
export function pointInTime(atMs: number, nowMs: number): string {
  const days = Math.round((dayOf(nowMs) - dayOf(atMs)) / DAY_MS);
  if (days <= 0) return clockTime(atMs);
  if (days < 7) return `${weekday.format(atMs)} ${clockTime(atMs)}`;
  return `${listTime(atMs, nowMs)} ${clockTime(atMs)}`;
}

/** For the heads of days. */
export function dayWords(atMs: number, nowMs: number): string {
  const days = Math.round((dayOf(nowMs) - dayOf(atMs)) / DAY_MS);
  if (days <= 0) return m.today();
  if (days === 1) return m.yesterday();
  return new Date(atMs).getFullYear() === new Date(nowMs).getFullYear() ? longDay.format(atMs) : longDate.format(atMs);
}

/** `4:05`, `1:02:09`. */
export function duration(spanMs: number): string {
  const seconds = Math.max(0, Math.floor(spanMs / 1000));
  const two = (value: number): string => String(value).padStart(2, '0');
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** Whole seconds until a point in time, never negative. */
export function secondsUntil(atMs: number, nowMs: number): number {
  return Math.max(0, Math.ceil((atMs - nowMs) / 1000));
}

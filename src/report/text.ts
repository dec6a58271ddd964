import { type BasisPoints, durationText, type Instant, percentText } from '../domain/units.ts';
import type { Figure } from './figure.ts';

/** `2026-01-05 10:00:00Z`: UTC, whole seconds, the same on every machine. */
export const instantText = (at: Instant): string => `${new Date(at).toISOString().slice(0, 19).replace('T', ' ')}Z`;

/** `10:00:00`, for lines whose day stands above them. */
export const clockText = (at: Instant): string => new Date(at).toISOString().slice(11, 19);

/** `+3m 20s` after the start, `−20s` before it. */
export const sinceText = (start: Instant, at: Instant): string =>
  at < start ? `−${durationText(start - at)}` : `+${durationText(at - start)}`;

/** A whole percent where nothing is lost, one decimal where something is. */
export const shareText = (share: BasisPoints): string => percentText(Math.round(share));

export const durationFigure = ({ value, why }: Figure): string =>
  value === null ? `unknown: ${why}` : durationText(value);

export const shareFigure = ({ value, why }: Figure): string => (value === null ? `unknown: ${why}` : shareText(value));

/**
 * Text from outside on one line and without characters that steer a terminal or reverse the reading order: a reason typed
 * in chat must not be able to repaint a console or to swap what a line says.
 */
export const oneLine = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ')
    .replace(/\p{Cf}/gu, '')
    .trim();

/** `us-west-2 50 %, eu-west-1 50 %`, drained ones last. */
export const sharesText = (shares: Readonly<Record<string, BasisPoints>>): string =>
  Object.entries(shares)
    .sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1))
    .map(([region, share]) => `${region} ${shareText(share)}`)
    .join(', ');

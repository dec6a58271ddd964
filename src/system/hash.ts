import { hash } from 'node:crypto';
import type { Hash } from '../ports/chance.ts';

export const sha256: Hash = { of: (text) => hash('sha256', text, 'hex') };

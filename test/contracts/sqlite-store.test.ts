import { sqliteStore } from '../support/stores.ts';
import { journalContract } from './journal-contract.ts';
import { leaseContract } from './lease-contract.ts';

journalContract('SQLite', () => sqliteStore());
leaseContract('SQLite', () => sqliteStore());

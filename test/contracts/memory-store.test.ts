import { memoryStore } from '../support/stores.ts';
import { journalContract } from './journal-contract.ts';
import { leaseContract } from './lease-contract.ts';

journalContract('memory', () => memoryStore());
leaseContract('memory', () => memoryStore());

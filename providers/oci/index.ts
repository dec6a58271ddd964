import type { OpenVendor } from '../vendor.ts';
import { createApi } from './api.ts';
import { openClient } from './open.ts';
import { ociRecords } from './records.ts';
import { createRecordsApi } from './records-api.ts';
import { ociSteering } from './steering.ts';

export const openVendor: OpenVendor = async (config, _, deps) => {
  const { client, limiter } = openClient(config, deps);
  return {
    steering: ociSteering(createApi(client)),
    records: ociRecords(createRecordsApi(client)),
    limiter,
    check: null,
  };
};

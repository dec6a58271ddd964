import { z } from 'zod';
import { ProviderError } from '../errors.ts';
import type { HostedZone, NamedStart } from './api.ts';
import { plainZoneId } from './names.ts';
import type { GeoLocation } from './places.ts';
import { RECORD_SET } from './record.ts';
import type { PageStart } from './scan.ts';

export const ZONE = z.object({
  Id: z.string(),
  Name: z.string(),
  LinkedService: z.object({ ServicePrincipal: z.string().optional() }).optional(),
});

export const ZONE_ANSWER = z.object({ HostedZone: ZONE });

export const ZONES_ANSWER = z.object({
  HostedZones: z.array(ZONE),
  IsTruncated: z.boolean(),
  NextMarker: z.string().optional(),
});

export const NAMED_ZONES_ANSWER = z.object({
  HostedZones: z.array(ZONE),
  IsTruncated: z.boolean(),
  NextDNSName: z.string().optional(),
  NextHostedZoneId: z.string().optional(),
});

export const PLACE = z.object({
  ContinentCode: z.string().optional(),
  CountryCode: z.string().optional(),
  SubdivisionCode: z.string().optional(),
});

export const PLACES_ANSWER = z.object({
  GeoLocationDetailsList: z.array(PLACE),
  IsTruncated: z.boolean(),
  NextContinentCode: z.string().optional(),
  NextCountryCode: z.string().optional(),
  NextSubdivisionCode: z.string().optional(),
});

/** `IsTruncated` is required on purpose: an HTML page with a good status parses as an answer without any field. */
export const RECORDS_ANSWER = z.object({
  ResourceRecordSets: z.array(RECORD_SET),
  IsTruncated: z.boolean(),
  NextRecordName: z.string().optional(),
  NextRecordType: z.string().optional(),
  NextRecordIdentifier: z.string().optional(),
});

export const CHANGE_ANSWER = z.object({
  ChangeInfo: z.object({ Id: z.string().min(1), Status: z.enum(['PENDING', 'INSYNC']) }),
});

export const zoneOf = ({ Id, Name, LinkedService }: z.infer<typeof ZONE>): HostedZone => ({
  id: plainZoneId(Id),
  name: Name.endsWith('.') ? Name : `${Name}.`,
  linkedService: LinkedService === undefined ? null : (LinkedService.ServicePrincipal ?? 'another service'),
});

export const placeOf = ({ ContinentCode, CountryCode, SubdivisionCode }: z.infer<typeof PLACE>): GeoLocation => ({
  ...(ContinentCode === undefined ? {} : { ContinentCode }),
  ...(CountryCode === undefined ? {} : { CountryCode }),
  ...(SubdivisionCode === undefined ? {} : { SubdivisionCode }),
});

export const nextOf = (page: z.infer<typeof RECORDS_ANSWER>): PageStart | null => {
  if (!page.IsTruncated) return null;
  const { NextRecordName: name, NextRecordType: type, NextRecordIdentifier: identifier = null } = page;
  if (name !== undefined && type !== undefined) return { name, type, identifier };
  throw new ProviderError('unreadable', 'a page says that more follow but not where they begin');
};

export const nextNamedOf = (page: z.infer<typeof NAMED_ZONES_ANSWER>): NamedStart | null => {
  if (!page.IsTruncated) return null;
  const { NextDNSName: name, NextHostedZoneId: id = null } = page;
  if (name !== undefined) return { name, id };
  throw new ProviderError('unreadable', 'a page of zones says that more follow but not where they begin');
};

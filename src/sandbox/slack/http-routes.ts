import type { WireHandler, WireRequest, WireResponse } from '../wire.ts';
import { takeUpload } from './methods/files.ts';
import { uploadOf } from './request-body.ts';
import type { ResponseUrls } from './response-urls.ts';
import type { State } from './state.ts';

const API = '/api/';
const UPLOAD = '/upload/v1/';

const plain = (status: number, body: string): WireResponse => ({
  status,
  headers: { 'content-type': 'text/plain; charset=utf-8' },
  body,
});

export interface Routes {
  readonly state: State;
  readonly responseUrls: ResponseUrls;
  readonly api: (method: string, request: WireRequest) => ReturnType<WireHandler>;
  readonly isOut: () => boolean;
}

/** Everything that the workspace serves over HTTP: methods, the addresses of answers, and uploads. */
export const createRoutes = ({ state, responseUrls, api, isOut }: Routes): WireHandler => {
  return async (request) => {
    if (isOut()) return 'reset';
    if (request.path.startsWith(API)) {
      const answer = await api(request.path.slice(API.length), request);
      // What was done is done, but nobody hears of it: the caller cannot know.
      return isOut() ? 'reset' : answer;
    }
    if (request.method !== 'POST') return plain(405, 'method not allowed');
    if (request.path.startsWith(UPLOAD)) {
      const bytes = uploadOf(request);
      const isTaken = takeUpload(state, request.path.slice(UPLOAD.length), bytes);
      return isTaken ? plain(200, `OK - ${bytes.length}`) : plain(400, 'no such upload, or another length');
    }
    return responseUrls.handle(request.path, request);
  };
};

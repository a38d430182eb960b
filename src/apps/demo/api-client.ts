import { Failure } from '../lifetime.js';

/** An `application/problem+json` answer, as far as a story tells it. */
export interface Problem {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly requestId: string;
  readonly fields?: readonly { readonly field: string; readonly reason: string }[];
}

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** Longer than any single call may take. */
const TIMEOUT_MS = 30_000;

/** The public REST API as one caller sees it. */
export class ApiClient {
  constructor(
    private readonly baseUrl: string,
    private readonly stop: AbortSignal,
    private readonly accessToken?: string,
  ) {}

  as(accessToken: string): ApiClient {
    return new ApiClient(this.baseUrl, this.stop, accessToken);
  }

  get<T>(path: string): Promise<T> {
    return this.call<T>('GET', path);
  }

  post<T>(path: string, body: object): Promise<T> {
    return this.call<T>('POST', path, body);
  }

  put<T>(path: string, body?: object): Promise<T> {
    return this.call<T>('PUT', path, body);
  }

  delete<T>(path: string): Promise<T> {
    return this.call<T>('DELETE', path);
  }

  async upload<T>(path: string, bytes: Uint8Array<ArrayBuffer>, fileName: string): Promise<T> {
    const form = new FormData();
    form.append('file', new Blob([bytes], { type: 'image/jpeg' }), fileName);
    return this.accepted<T>(`POST ${path}`, await this.send('POST', path, { body: form }));
  }

  async download(path: string): Promise<Buffer> {
    const answer = await this.send('GET', path, {});
    if (!answer.ok) throw new Failure(`GET ${path} answered ${answer.status}`);
    return Buffer.from(await answer.arrayBuffer());
  }

  /** For a call that the API must refuse. @throws Failure when it is accepted, or refused in another way */
  async refused(status: number, method: Method, path: string, body?: object): Promise<Problem> {
    const answer = await this.send(method, path, json(body));
    const problem = (await answer.json()) as Problem;
    if (answer.status === status) return problem;
    throw new Failure(`${method} ${path} should be refused with ${status}, and answered ${JSON.stringify(problem)}`);
  }

  private async call<T>(method: Method, path: string, body?: object): Promise<T> {
    return this.accepted<T>(`${method} ${path}`, await this.send(method, path, json(body)));
  }

  private async accepted<T>(what: string, answer: Response): Promise<T> {
    if (answer.ok) return (await answer.json()) as T;
    const problem = (await answer.json()) as Problem;
    throw new Failure(`${what} answered ${tellRefusal(problem)} (requestId ${problem.requestId})`);
  }

  private send(method: Method, path: string, request: RequestInit): Promise<Response> {
    const headers = { ...request.headers, ...(this.accessToken && { authorization: `Bearer ${this.accessToken}` }) };
    const signal = AbortSignal.any([this.stop, AbortSignal.timeout(TIMEOUT_MS)]);
    return fetch(this.baseUrl + path, { ...request, method, headers, signal });
  }
}

function json(body: object | undefined): RequestInit {
  return body ? { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } } : {};
}

/** A refusal in one line. */
export function tellRefusal({ status, code, title, fields = [] }: Problem): string {
  const reasons = fields.map(({ field, reason }) => `${field}: ${reason}`);
  return `${status} ${code}, ${reasons.length > 0 ? reasons.join('; ') : title}`;
}

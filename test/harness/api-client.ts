import { Agent } from 'node:http';
import supertest from 'supertest';
import { checkAnswer } from './answer-check.js';

export interface Answer<T = Record<string, never>> {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly body: T;
}

export interface CallOptions {
  readonly headers?: Record<string, string>;
  /** For tests of what is not documented, such as broken JSON. */
  readonly unchecked?: boolean;
}

// Journeys read answers freely; their shape is checked against the OpenAPI document.
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- see above
export type Loose = any;

/** Connections are used again, as browsers do: most tests ask many questions. */
const CONNECTIONS = new Agent({ keepAlive: true });

/** Talks to the API as one caller; every answer is checked against docs/openapi.json. */
export class ApiClient {
  /** Logs in again when a test has moved time past the token's end; a front end would refresh. */
  private renew?: () => Promise<string>;

  constructor(
    private readonly baseUrl: string,
    public token?: string,
  ) {}

  /** The same API for another caller, or for nobody. */
  as(token: string | undefined): ApiClient {
    return new ApiClient(this.baseUrl, token);
  }

  renewing(renew: () => Promise<string>): this {
    this.renew = renew;
    return this;
  }

  /** Takes a new token now, so that none runs out, and none is renewed, while a test counts rows. */
  async freshen(): Promise<void> {
    if (this.renew) this.token = await this.renew();
  }

  get<T = Loose>(path: string, options?: CallOptions): Promise<Answer<T>> {
    return this.call('GET', path, undefined, options);
  }

  post<T = Loose>(path: string, body?: object, options?: CallOptions): Promise<Answer<T>> {
    return this.call('POST', path, body, options);
  }

  put<T = Loose>(path: string, body?: object, options?: CallOptions): Promise<Answer<T>> {
    return this.call('PUT', path, body, options);
  }

  patch<T = Loose>(path: string, body?: object, options?: CallOptions): Promise<Answer<T>> {
    return this.call('PATCH', path, body, options);
  }

  delete<T = Loose>(path: string, options?: CallOptions): Promise<Answer<T>> {
    return this.call('DELETE', path, undefined, options);
  }

  async upload<T = Loose>(path: string, bytes: Uint8Array, name: string, field = 'file'): Promise<Answer<T>> {
    const send = async (): Promise<supertest.Response> => this.request('POST', path, {}).attach(field, Buffer.from(bytes), name);
    return this.checked<T>('POST', path, await this.lasting(send), false);
  }

  async call<T = Loose>(method: string, path: string, body?: object | string, options: CallOptions = {}): Promise<Answer<T>> {
    const send = async (): Promise<supertest.Response> => {
      const request = this.request(method, path, options.headers ?? {});
      return body === undefined ? request : request.send(body);
    };
    return this.checked<T>(method, path, await this.lasting(send), options.unchecked ?? false);
  }

  private async lasting(send: () => Promise<supertest.Response>): Promise<supertest.Response> {
    const answer = await send();
    if (answer.status !== 401 || !this.renew) return answer;
    this.token = await this.renew();
    return send();
  }

  private request(method: string, path: string, headers: Record<string, string>): supertest.Test {
    const agent = supertest(this.baseUrl);
    const verb = method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete' | 'options';
    const request = agent[verb](path).agent(CONNECTIONS).set(headers).redirects(0);
    return this.token && !('authorization' in headers) ? request.set('authorization', `Bearer ${this.token}`) : request;
  }

  private checked<T>(method: string, path: string, answer: supertest.Response, unchecked: boolean): Answer<T> {
    const { status, headers } = answer as { status: number; headers: Record<string, string> };
    const body = answer.body as T;
    if (!unchecked) checkAnswer(method, path, { status, type: headers['content-type'] ?? '', body });
    return { status, headers, body };
  }
}

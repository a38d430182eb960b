import { Body, Controller, Delete, HttpCode, Ip, Post } from '@nestjs/common';
import { AUTHENTICATED, Public, Requires, Who, type Principal } from '../../platform/http/access.js';
import { Fails } from '../../platform/http/fails.js';
import { TooManyRequests } from '../../platform/http/http.errors.js';
import { LogInRequest, RefreshRequest, TokenPairResponse } from './identity.dto.js';
import { ContractorAmbiguous, RefreshTokenInvalid, WrongCredentials } from './identity.errors.js';
import { LoginLimits } from './login-limits.service.js';
import { SessionsService } from './sessions.service.js';

@Controller('v1/sessions')
export class SessionsController {
  constructor(
    private readonly sessions: SessionsService,
    private readonly limits: LoginLimits,
  ) {}

  /** Log in. */
  @Post()
  @Public()
  @Fails(WrongCredentials, ContractorAmbiguous, TooManyRequests)
  async logIn(@Body() body: LogInRequest, @Ip() address: string): Promise<TokenPairResponse> {
    await this.limits.login(body.email.toLowerCase(), address);
    return TokenPairResponse.of(await this.sessions.logIn(body.email, body.password, body.contractorId));
  }

  /** Exchange a refresh token for the next pair of tokens. A token used twice ends its session. */
  @Post('current/token-pairs')
  @Public()
  @Fails(RefreshTokenInvalid, TooManyRequests)
  async refresh(@Body() body: RefreshRequest, @Ip() address: string): Promise<TokenPairResponse> {
    await this.limits.token(address);
    return TokenPairResponse.of(await this.sessions.refresh(body.refreshToken));
  }

  /** Log out: the session's tokens stop at once. */
  @Delete('current')
  @Requires(AUTHENTICATED)
  @HttpCode(204)
  async logOut(@Who() who: Principal): Promise<void> {
    await this.sessions.logOut(who);
  }
}

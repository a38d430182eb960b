import { Body, Controller, Headers, Ip, Post } from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import { Public } from '../../platform/http/access.js';
import { Fails } from '../../platform/http/fails.js';
import { TooManyRequests } from '../../platform/http/http.errors.js';
import { NewMemberResponse, SignUpRequest } from './identity.dto.js';
import { SignUpRepeated } from './identity.errors.js';
import { LoginLimits } from './login-limits.service.js';
import { SignUpsService } from './sign-ups.service.js';

@Controller('v1/contractors')
export class SignUpsController {
  constructor(
    private readonly signUps: SignUpsService,
    private readonly limits: LoginLimits,
  ) {}

  /** Sign up: create a contractor and its first owner, who then logs in. */
  @Post()
  @Public()
  @ApiHeader({
    name: 'Idempotency-Key',
    required: false,
    description: 'Makes the sign-up safe to repeat.',
    schema: { type: 'string', maxLength: 255, example: 'sign-up-1' },
  })
  @Fails(SignUpRepeated, TooManyRequests)
  async signUp(
    @Body() body: SignUpRequest,
    @Ip() address: string,
    @Headers('Idempotency-Key') key?: string,
  ): Promise<NewMemberResponse> {
    await this.limits.signUp(address);
    return NewMemberResponse.of(await this.signUps.signUp(body, key));
  }
}

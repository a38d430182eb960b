import { Body, Controller, Delete, Get, HttpCode, Param, Put } from '@nestjs/common';
import { Requires, Who, type Principal } from '../../../platform/http/access.js';
import { Fails } from '../../../platform/http/fails.js';
import { KeyRateDay, KeyRateList, KeyRateRequest, KeyRateResponse } from './key-rates.dto.js';
import { KeyRatesService } from './key-rates.service.js';
import { KeyRateNotFound } from './penalties.errors.js';
import './penalties.permissions.js';

@Controller('v1/key-rates')
export class KeyRatesController {
  constructor(private readonly rates: KeyRatesService) {}

  /** List the key rates that were entered, newest first. */
  @Get()
  @Requires('key-rates.read')
  async list(@Who() who: Principal): Promise<KeyRateList> {
    return { data: (await this.rates.list(who)).map(KeyRateResponse.of) };
  }

  /** Enter the Bank of Russia's key rate from a day on, or correct it; open proposals are computed anew. */
  @Put(':from')
  @Requires('key-rates.write')
  async set(@Who() who: Principal, @Param() { from }: KeyRateDay, @Body() body: KeyRateRequest): Promise<KeyRateResponse> {
    return KeyRateResponse.of(await this.rates.set(who, from, body.percentHundredths));
  }

  /** Remove a key rate that was entered by mistake. */
  @Delete(':from')
  @Requires('key-rates.write')
  @HttpCode(204)
  @Fails(KeyRateNotFound)
  async remove(@Who() who: Principal, @Param() { from }: KeyRateDay): Promise<void> {
    await this.rates.remove(who, from);
  }
}

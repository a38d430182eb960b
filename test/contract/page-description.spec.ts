import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ContractWorld } from './contract-world.js';
import { BOTH } from './sides.js';

let world: ContractWorld;
beforeEach(async () => void (world = await ContractWorld.start()));
afterEach(() => world.stop());

describe('the description of a page', () => {
  it('on VK holds what the community says about itself', async () => {
    const { network, page, credentials } = world.side('vk');
    expect(await network.describePage(page, credentials)).toEqual({
      kind: 'done',
      value: {
        externalId: page.externalId,
        name: 'Администрация города Заречный',
        url: 'https://vk.com/zarechny_adm',
        screenName: 'zarechny_adm',
        description: 'Официальная страница администрации города Заречный',
        address: 'ул. Ленина, 1',
        phone: '+7 (000) 000-00-00',
        email: 'priem@zarechny.example',
        site: 'https://zarechny.example',
        membersCount: 12_480,
        governmentMark: true,
        avatar: true,
        cover: true,
      },
    });
  });

  it('on OK holds what the group says about itself; OK knows no e-mail address', async () => {
    const { network, page, credentials } = world.side('ok');
    expect(await network.describePage(page, credentials)).toEqual({
      kind: 'done',
      value: {
        externalId: page.externalId,
        name: 'Администрация города Заречный',
        url: 'https://ok.ru/zarechnyadm',
        screenName: 'zarechnyadm',
        description: 'Официальная группа администрации города Заречный',
        address: 'Заречный, ул. Ленина, 1',
        phone: '+7 (000) 000-00-00',
        site: 'https://zarechny.example',
        membersCount: 4_310,
        governmentMark: true,
      },
    });
  });

  it.each(BOTH)('on $name leaves out what the page does not say', async ({ name }) => {
    world.sandbox.vk.addCommunity({ id: 226_000_777, name: 'Библиотека' });
    world.sandbox.ok.addGroup({ id: '226000777', name: 'Библиотека' });
    const { network, credentials } = world.side(name);
    const described = await network.describePage({ externalId: '226000777' }, credentials);
    if (described.kind !== 'done') throw new Error(described.reason.message);
    const said = Object.entries(described.value).filter(([, value]) => value !== undefined);
    expect(said.map(([key]) => key)).toEqual(['externalId', 'name', 'url', 'screenName']);
  });

  it.each(BOTH)('on $name is refused for a page that nobody has', async ({ name }) => {
    const { network, credentials } = world.side(name);
    expect((await network.describePage({ externalId: '226999999' }, credentials)).kind).toBe('refused');
  });

  it.each(BOTH)('on $name is made again later when no good answer comes', async ({ name }) => {
    const side = world.side(name);
    const method = name === 'vk' ? 'groups.getById' : 'group.getInfo';
    side.next(method).dropsBeforeEffect();
    side.next(method).failsBefore(500);
    side.next(method).answersHtml();
    side.next(method).answersEmpty();
    side.next(method).answersNull();
    side.next(method).cutsAnswer();
    side.next(method).rejects(424_242);
    for (let play = 0; play < 7; play += 1)
      expect((await side.network.describePage(side.page, side.credentials)).kind).toBe('retryLater');
    expect((await side.network.describePage(side.page, side.credentials)).kind).toBe('done');
  });
});

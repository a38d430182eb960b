import { describe, expect, it } from '@jest/globals';
import { okTopicIdOf } from './ok/ok.posts.js';
import { vkPostIdOf } from './vk/vk.posts.js';

describe('a permalink that a person pasted', () => {
  it.each([
    ['https://vk.com/wall-220000001_41', '41'],
    ['  https://vk.com/wall-220000001_41\n', '41'],
    ['https://vk.ru/wall-220000001_41?from=feed', '41'],
    ['https://m.vk.com/wall-220000001_41', '41'],
    ['https://vk.com/elizovo?w=wall-220000001_41', '41'],
    ['https://vk.com/elizovo?z=1&w=wall-220000001_41%2Fall', undefined],
    ['https://vk.com/wall-220000002_41', undefined],
    ['https://vk.com/wall220000001_41', undefined],
    ['https://vk.com.evil.example/wall-220000001_41', undefined],
    ['javascript:alert(1)//vk.com/wall-220000001_41', undefined],
    ['https://vk.com/wall-220000001_41x', undefined],
    ['', undefined],
  ])('of VK, %p names post %s', (url, id) => {
    expect(vkPostIdOf('220000001', url)).toBe(id);
  });

  it.each([
    ['https://ok.ru/group/60000000000001/topic/155', '155'],
    ['https://m.ok.ru/group/60000000000001/topic/155?st.cmd=x', '155'],
    ['https://ok.ru/group/60000000000002/topic/155', undefined],
    ['https://ok.ru/profile/60000000000001/statuses/155', undefined],
    ['https://ok.ru.evil.example/group/60000000000001/topic/155', undefined],
  ])('of OK, %p names topic %s', (url, id) => {
    expect(okTopicIdOf('60000000000001', url)).toBe(id);
  });
});

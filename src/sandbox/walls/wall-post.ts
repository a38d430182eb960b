/** A post of either network, ready to be shown. */
export interface WallPost {
  permalink: string;
  author: string;
  at: Date;
  editedAt: Date | null;
  pinned: boolean;
  parts: WallPart[];
  comments: { author: string; at: Date; text: string }[];
}

export type WallPart =
  | { kind: 'text'; text: string }
  | { kind: 'link'; url: string }
  | { kind: 'photos'; urls: string[] }
  | { kind: 'video'; title: string; processing: boolean }
  | { kind: 'document'; title: string; about: string; url: string }
  | { kind: 'poll'; question: string; answers: string[] };

export interface Wall {
  network: 'vk' | 'ok';
  path: string;
  name: string;
  description: string;
  posts: WallPost[];
  waiting: { at: Date; text: string }[];
}

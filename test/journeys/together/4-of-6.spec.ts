import { together } from './together.js';

await together(4, 6);

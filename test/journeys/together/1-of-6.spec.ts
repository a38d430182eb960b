import { together } from './together.js';

await together(1, 6);

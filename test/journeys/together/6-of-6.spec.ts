import { together } from './together.js';

await together(6, 6);

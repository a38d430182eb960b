import { together } from './together.js';

await together(2, 6);

import { together } from './together.js';

await together(3, 6);

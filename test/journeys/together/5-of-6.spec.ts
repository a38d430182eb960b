import { together } from './together.js';

await together(5, 6);

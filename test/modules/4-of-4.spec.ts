import { together } from '../harness/together.js';

await together('src/modules', 4, 4);

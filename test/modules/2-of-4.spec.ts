import { together } from '../harness/together.js';

await together('src/modules', 2, 4);

import { testEveryCell } from './test-every-cell.js';

testEveryCell(test);

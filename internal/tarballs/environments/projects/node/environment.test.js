import { test } from 'node:test';
import { testEveryCell } from './test-every-cell.js';

testEveryCell(test);

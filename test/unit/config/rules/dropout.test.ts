import { dropout } from './cases/dropout';
import { table } from './table';

table(dropout);

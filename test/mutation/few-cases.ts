import fc from 'fast-check';

/** The same cases for every mutant, where a property names no seed: its verdict must not hang on luck. */
fc.configureGlobal({ seed: 20_261_122 });

package io.everstate.recovery.run;

/** @param number 1 for the first */
record RunStep(int number, String name, StepState state) {
    RunStep with(StepState changed) {
        return new RunStep(number, name, changed);
    }
}

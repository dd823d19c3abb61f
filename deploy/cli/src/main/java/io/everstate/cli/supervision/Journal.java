package io.everstate.cli.supervision;

/** Takes one sentence about each thing that the supervisor does or sees. Called from several threads. */
public interface Journal {

    void note(String sentence);
}

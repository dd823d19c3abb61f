package io.everstate.cli.rescue;

/** As people say it: "1 file", "2 files". */
record FileCount(int number) {

    @Override
    public String toString() {
        return number + (number == 1 ? " file" : " files");
    }
}

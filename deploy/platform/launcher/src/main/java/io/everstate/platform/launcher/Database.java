package io.everstate.platform.launcher;

/** How to reach one PostgreSQL database by JDBC. */
public record Database(String url, String user, String password) {

    @Override
    public String toString() {
        return "Database[" + user + " at " + url + "]";
    }
}

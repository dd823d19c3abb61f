package io.everstate.contracts.view;

import java.util.List;

/**
 * The metrics of the last hours.
 *
 * @param resolution HOUR or MINUTE
 * @param hours that were asked for
 * @param points the newest first
 * @param missing how many hours, or minutes, between the oldest and the newest point are not known: nothing ran then
 */
public record MetricsHistoryView(String resolution, long hours, List<MetricsPoint> points, long missing) {}

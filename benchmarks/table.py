"""Figures beside their goals."""

from collections.abc import Mapping

Goals = Mapping[str, tuple[str, float]]


def table(figures: Mapping[str, float], goals: Goals) -> str:
    """One line a figure."""
    lines = [f"{'figure':48s} {'seen':>10s}  goal"]
    for name, value in figures.items():
        goal = " ".join(map(str, goals[name])) if name in goals else ""
        lines.append(f"{name:48s} {value:10.2f}  {goal}{'' if _met(name, value, goals) else '  MISSED'}")
    return "\n".join(lines)


def exit_code(figures: Mapping[str, float], goals: Goals) -> int:
    """0 if every goal is met."""
    return 0 if all(_met(name, value, goals) for name, value in figures.items()) else 1


def _met(name: str, value: float, goals: Goals) -> bool:
    if name not in goals:
        return True
    direction, goal = goals[name]
    return value <= goal if direction == "<=" else value >= goal

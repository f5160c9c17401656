"""Settings of matching from its environment: weights, limits of a plan, deadlines, waiting times.
Weights that do not add up to 1 are refused."""

from doorpakken_plumbing.settings import ServiceSettings
from pydantic import Field, model_validator


class Settings(ServiceSettings):
    """The environment of one matching process."""

    service: str = "matching"

    weight_tags: float = Field(default=0.45, ge=0, le=1)
    weight_text: float = Field(default=0.30, ge=0, le=1)
    weight_explicit: float = Field(default=0.15, ge=0, le=1)
    weight_scarcity: float = Field(default=0.10, ge=0, le=1)

    seats_max: int = Field(default=2, ge=1, description="seats that one person gets")
    alternatives_max: int = Field(default=3, ge=0, description="next best sessions besides")
    good_score: int = Field(default=100, ge=1, le=1000, description="the least for a seat")
    organisation_max: int = Field(default=2, ge=1, description="people of one in a session")
    capacity_min: int = Field(default=4, ge=1, description="the least a session should have")
    people_max: int = Field(default=1500, ge=1, description="more, and a run is refused")

    answer_days: float = Field(default=5, gt=0)
    answer_before_hours: float = Field(default=24, gt=0, description="before the first session")
    gathering_wait_seconds: float = Field(
        default=3, ge=0, description="for a gathering said elsewhere a moment ago"
    )

    @model_validator(mode="after")
    def weights_add_up(self) -> "Settings":
        """Scores reach 1000 only when the weights add up to 1."""
        weights = (self.weight_tags, self.weight_text, self.weight_explicit, self.weight_scarcity)
        if abs(sum(weights) - 1) > 1e-6:
            raise ValueError("the four weights must add up to 1")
        return self
